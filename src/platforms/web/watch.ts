import type { Conversation, MessageRow } from "../../store/messages.ts";
import type { Store } from "../../store/store.ts";

/** How often the file is looked at. A look is one pragma; only a change costs a query. */
const EVERY_MS = 300;

/** An open page: whose conversation it showed when that was asked last, and whose it shows now. */
type Page = {
  key: string;
  shows: string | null;
  conversation: () => Promise<Conversation>;
  onRows: (rows: MessageRow[]) => void;
};

export type MessageWatch = {
  /**
   * Calls back with the messages of a page's conversation that are added or redrawn from now on, whichever process wrote
   * them: the console sees what `play` in a terminal delivers. Ends with the signal. `key`: the browser that the page is in.
   */
  add(page: Omit<Page, "shows">, signal: AbortSignal): void;
  /** A browser's pages may show another conversation from now on: somebody was linked there, or is somebody else. */
  turned(key: string): void;
};

/** One look for all open pages: a change costs one query, however many they are, and one more for each page that it concerns. */
export function messageWatch(store: Store): MessageWatch {
  const pages = new Set<Page>();
  let timer: NodeJS.Timeout | null = null;
  let seen: number | null = null;
  let version = -1;
  let looking = false;

  const shownBy = async (page: Page): Promise<string> => {
    page.shows = nameOf(await page.conversation());
    return page.shows;
  };
  const tell = async (page: Page, news: ReadonlyMap<string, MessageRow[]>) => {
    const known = page.shows ?? (await shownBy(page));
    if (!news.has(known)) return;
    // Whoever has left or signed out since is shown nothing more.
    const rows = news.get(await shownBy(page));
    if (rows !== undefined && pages.has(page)) page.onRows(rows);
  };
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      if (seen === null) seen = await store.read((r) => r.messages.newestRevision());
      const now = store.dataVersion();
      if (now === version) return;
      version = now;
      const since = seen;
      const rows = await store.read((r) => r.messages.changedAfter("web", since));
      if (rows.length === 0) return;
      seen = Math.max(...rows.map(({ revision }) => revision));
      const news = Map.groupBy(rows, ({ personId, chat }) =>
        nameOf(personId === null ? { chat: chat ?? "" } : { personId }),
      );
      for (const page of pages) await tell(page, news).catch(() => undefined);
    } finally {
      looking = false;
    }
  };
  const lookCalmly = () => void look().catch(() => undefined);

  return {
    add(opened, signal) {
      const page = { ...opened, shows: null };
      pages.add(page);
      if (timer === null) {
        seen = null;
        timer = setInterval(lookCalmly, EVERY_MS);
        timer.unref();
        lookCalmly();
      }
      signal.addEventListener(
        "abort",
        () => {
          pages.delete(page);
          if (pages.size > 0 || timer === null) return;
          clearInterval(timer);
          timer = null;
        },
        { once: true },
      );
    },
    turned(key) {
      for (const page of pages) if (page.key === key) page.shows = null;
    },
  };
}

const nameOf = (conversation: Conversation): string =>
  "personId" in conversation ? `person/${conversation.personId}` : `chat/${conversation.chat}`;
