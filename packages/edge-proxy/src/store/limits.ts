/** D1 takes bound values of 2 MB (Cloudflare's limits page: "Maximum string, BLOB or table row size"). */
export const MAX_BOUND_BYTES = 1_900_000;
