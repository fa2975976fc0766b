/** What every page loads: the style, htmx and the islands that the page holds. */
import.meta.glob("./ui/app.css", { eager: true });
