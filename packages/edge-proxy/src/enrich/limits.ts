/** Bounds of enrichment. */

/** Ours: real user agents have up to 400 characters; the rest is somebody's joke, and patterns would run over it. */
export const MAX_USER_AGENT_LENGTH = 512;

/** Ours: click ids have up to some 200 characters, and names of places and systems fewer. */
export const MAX_PARAMETER_LENGTH = 400;

/** RFC 1035, 2.3.4: a name has at most 255 octets, of which 253 are seen. */
export const MAX_HOST_LENGTH = 253;

/** Ours: what a shop's visitors have in a while; 1,000 of the longest are a megabyte or two of the isolate's 128. */
export const MAX_REMEMBERED = 1000;
