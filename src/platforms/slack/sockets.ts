import { SocketModeReceiver } from "@slack/bolt";
import { EnvHttpProxyAgent } from "undici";
import type { Outages } from "../../delivery/outages.ts";
import { pause } from "../kit/pause.ts";
import { isProxied } from "../kit/proxy.ts";
import { called, clientOptions, silent } from "./calls.ts";
import { type Envelope, readEnvelopes } from "./envelopes.ts";
import { NotNow, type SlackIntake } from "./intake.ts";

/** Connections kept in Socket Mode: while one is being renewed the other receives. */
const CONNECTIONS = 2;
/** A lost connection is opened anew after this long; while Slack can't be reached the wait grows up to `LONGEST` of these. */
const RENEW_MS = 1000;
const LONGEST = 30;
/** Without any open connection for this long somebody has to look: a socket can seem open and be dead. */
const SILENT_MS = 60_000;

export type Sockets = {
  open(): number;
  /** Settles when each connection has been tried once. @throws Error when Slack refuses the token. */
  tried: Promise<unknown>;
  stop(): Promise<void>;
};

export type SocketOptions = {
  appToken: string;
  apiUrl: string | null;
  timeoutMs: number;
  onFault: (error: unknown) => void;
  outages: Pick<Outages, "begins" | "ends">;
  /** No connection for too long although Slack can be reached: the process had better be started anew. */
  onSilence: () => void;
  /** Whether Slack answers at all. */
  reachable: () => Promise<boolean>;
  renewMs?: number;
  silentMs?: number;
};

type Client = SocketModeReceiver["client"];

/** Receives over Socket Mode. An envelope is acknowledged when it has been committed; one of several copies counts. */
export function startSockets(intake: SlackIntake, options: SocketOptions): Sockets {
  const { onFault, outages, renewMs = RENEW_MS, silentMs = SILENT_MS } = options;
  const open = new Set<Client>();
  const stopping = new AbortController();

  let silence: NodeJS.Timeout | undefined;
  const watch = () => {
    clearTimeout(silence);
    if (open.size > 0 || stopping.signal.aborted) return;
    silence = setTimeout(async () => {
      // Where nothing can be reached a new start would mend nothing.
      if (await options.reachable()) options.onSilence();
      else watch();
    }, silentMs);
    silence.unref();
  };

  const take = ({ id, payload, ack }: Envelope) => {
    intake
      .take({ body: payload, otherwiseId: `envelope/${id}` })
      .then(ack)
      .catch((error: unknown) => {
        if (!(error instanceof NotNow)) onFault(error);
      });
  };
  const junk = new Set<string>();
  const onJunk = (why: string) => {
    if (junk.has(why)) return;
    junk.add(why);
    onFault(new Error(`Slack sent something that can't be read: ${why}; it is left aside`));
  };
  const clients = socketClients(options);
  for (const client of clients) {
    client.on("connected", () => {
      open.add(client);
      watch();
    });
    readEnvelopes(client, { take, onJunk });
  }

  /** Opens a connection again and again until the bot stops; says how the first attempt went. */
  const keepOpen = async (client: Client, first: PromiseWithResolvers<void>) => {
    let failures = 0;
    let isFirst = true;
    while (!stopping.signal.aborted) {
      const started = await called(client.start());
      if (started.kind === "done") {
        failures = 0;
        outages.ends("connection");
        first.resolve();
        const closed = new Promise((resolve) => client.once("disconnected", resolve));
        if (stopping.signal.aborted) await client.disconnect();
        await closed;
      } else {
        const refused = started.kind === "refused" ? started.error : null;
        const why = new Error(
          refused === null
            ? "no connection to Slack: it can't be reached"
            : `Slack opens no connection: ${refused}; check SLACK_APP_TOKEN`,
        );
        if (refused === null) first.resolve();
        else first.reject(why);
        failures += 1;
        // A start that is refused fails, and that is all there is to say of it.
        if (refused !== null && !isFirst && open.size === 0) outages.begins("connection", refused);
        else if (failures === 1 && !stopping.signal.aborted) onFault(why);
      }
      isFirst = false;
      open.delete(client);
      watch();
      await pause(renewMs * Math.min(LONGEST, Math.max(1, failures)), stopping.signal).catch(() => undefined);
    }
  };
  const tried = clients.map((client) => {
    const first = Promise.withResolvers<void>();
    void keepOpen(client, first);
    return first.promise;
  });
  return {
    open: () => open.size,
    tried: Promise.all(tried),
    async stop() {
      stopping.abort();
      clearTimeout(silence);
      await Promise.all([...open].map((client) => client.disconnect()));
    },
  };
}

/** The clients that open the connections: they repeat and renew nothing by themselves. */
export function socketClients(
  options: Pick<SocketOptions, "appToken" | "apiUrl" | "timeoutMs">,
): readonly Client[] {
  return Array.from({ length: CONNECTIONS }, () => {
    const { client } = new SocketModeReceiver({
      appToken: options.appToken,
      // The SDK's sockets know of no proxy by themselves.
      ...(isProxied() ? { dispatcher: new EnvHttpProxyAgent({ allowH2: false }) } : {}),
      logger: silent,
      // The SDK's own renewal takes five seconds and fails outside of anybody's reach.
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: clientOptions(options) },
    });
    return client;
  });
}
