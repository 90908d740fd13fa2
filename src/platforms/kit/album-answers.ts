import type { Lantian } from "../../bot/lantian.ts";
import type { DrawnCard } from "../../chat/card.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";

/** What is said of the files of one album that have come so far; `P` is where a platform's answer stands. */
type Album<P> = { card: DrawnCard | null; refused: Map<string, string[]>; place: P | null };

/** What is said now, in whose place; `stood` notes where it stands, so that the next file's answer takes its place. */
export type AlbumAnswer<P> = {
  said: DrawnCard | Refusal;
  /** It speaks for all files of the album so far. */
  isTogether: boolean;
  instead: P | null;
  stood(place: P | null): void;
};

/** An album comes within minutes; more of them than this aren't on their way at once. */
const MOST = 500;
const known = new WeakMap<Lantian, Map<string, Map<string, Album<unknown>>>>();

/**
 * One answer for an album, however its files arrive: what is said of each takes the place of what was said of those before,
 * and says what wasn't taken of them. Files that are answered about something else, such as tables, have answers of their own.
 * After a restart the rest of an album is answered anew.
 */
export function albumAnswersOf<P>(bot: Lantian, platform: string) {
  const platforms = known.get(bot) ?? new Map<string, Map<string, Album<unknown>>>();
  known.set(bot, platforms);
  const albums = (platforms.get(platform) ?? new Map()) as Map<string, Album<P>>;
  platforms.set(platform, albums as Map<string, Album<unknown>>);
  return (key: string | null, name: string, result: DrawnCard | Refusal): AlbumAnswer<P> => {
    const alone = { said: result, isTogether: false, instead: null, stood: () => undefined };
    if (key === null) return alone;
    const album = albums.get(key) ?? { card: null, refused: new Map(), place: null };
    if (!isRefusal(result) && (result.subject === undefined || isOther(result, album.card))) return alone;
    if (isRefusal(result))
      album.refused.set(result.message, [...(album.refused.get(result.message) ?? []), name]);
    else album.card = result;
    albums.delete(key);
    albums.set(key, album);
    for (const oldest of [...albums.keys()].slice(0, Math.max(0, albums.size - MOST))) albums.delete(oldest);
    return {
      said: together(album, result),
      isTogether: true,
      instead: album.place,
      stood(place) {
        album.place = place ?? album.place;
      },
    };
  };
}

const isOther = ({ subject }: DrawnCard, before: DrawnCard | null): boolean =>
  before !== null && before.subject !== subject && !before.subject?.startsWith("album:");

function together<P>({ card, refused }: Album<P>, last: DrawnCard | Refusal): DrawnCard | Refusal {
  const lines = [...refused].map(([message, names]) => `${names.join("、")}没有收下：${message}`);
  if (card !== null) {
    const notes = lines.map((text) => ({ kind: "text" as const, tone: "notice" as const, text }));
    return notes.length === 0 ? card : { ...card, blocks: [...card.blocks, ...notes] };
  }
  // Of all the same is said once.
  if (!isRefusal(last) || refused.size === 1) return last;
  return refuse(last.code, lines.join("\n"), last.instead);
}
