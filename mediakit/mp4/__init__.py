"""Reading hostile MP4 and MOV files, and writing the header of a virtual one."""
