import http from "node:http";
import https from "node:https";

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether HTTPS_PROXY says that the way to the platforms leads through a proxy; what NO_PROXY names is reached without it. */
export const isProxied = (environment: Environment = process.env): boolean =>
  Boolean(environment.HTTPS_PROXY || environment.https_proxy);

/** Has all that is fetched go through the environment's proxy. @returns what undoes that. @throws Error for an address that is none. */
export function fetchThroughProxy(environment: Environment = process.env): () => void {
  return isProxied(environment) ? http.setGlobalProxyFromEnv({ ...environment }) : () => undefined;
}

/** The same for a client that brings agents of its own: one for the address that it calls. */
export function agentFor(url: string): http.Agent {
  const options = { keepAlive: true, proxyEnv: process.env };
  return url.startsWith("http:") ? new http.Agent(options) : new https.Agent(options);
}
