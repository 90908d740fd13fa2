/** Errors of a socket that was never connected, or not by its proxy: the request certainly never left, so that repeating it does nothing twice. */
const NEVER_LEFT = new Set([
  "ERR_PROXY_TUNNEL",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** Whether a request that failed with this code certainly never left. Of any other one nobody knows. */
export const neverLeft = (code: string): boolean => NEVER_LEFT.has(code);

/** Attempts for an answer to somebody who waits; what a platform refuses is never tried again. */
export const ANSWER_ATTEMPTS = 4;
