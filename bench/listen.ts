import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A listener on a port of its own, as the console's server has it under its path. */
export async function listen(
  listener: RequestListener,
  path: string,
): Promise<{ url: string; close(): void }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
