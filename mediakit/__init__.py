"""A media engine that knows files: sniff, index, virtual MP4, poster. It knows neither users nor the web."""
