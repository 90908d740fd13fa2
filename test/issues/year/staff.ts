import { plusDays } from "../loop/days.ts";

// Who holds which post on a day, written down beside the bot: people come, leave, hold a second post, stand in for one another.

export type Post = { county: string; role: "lead" | "liaison" };
/** Somebody who may act in a post; `behalf`: it is that of a person who is away. */
export type Hand = { name: string; behalf?: string };
export type Absence = { who: string; by: string; from: string; to: string };
type Member = { name: string; posts: Post[]; isHere: boolean };

/** On this day 港闸 became part of 崇川: its posts are nobody's until the office says more, what it owes is 崇川's. */
const MERGED = "2020-07-28";
export const placeOn = (county: string, day: string): string =>
  county === "港闸" && day >= MERGED ? "崇川" : county;
const isVoid = ({ county }: Post, day: string): boolean => county === "港闸" && day >= MERGED;

export class Staff {
  readonly members = new Map<string, Member>();
  absences: Absence[] = [];

  joins(name: string, post: Post): void {
    this.members.set(name, { name, posts: [post], isHere: true });
  }

  /** The heir holds what the leaver has held; nobody stands in for a leaver, and a leaver for nobody. */
  leaves(name: string, heir: string | null): void {
    const leaver = this.members.get(name) as Member;
    leaver.isHere = false;
    this.absences = this.absences.filter(({ who, by }) => who !== name && by !== name);
    if (heir !== null) this.members.get(heir)?.posts.push(...leaver.posts);
  }

  /** Members with a post of their own that stands. */
  presentOn(day: string): string[] {
    return [...this.members.values()]
      .filter(({ isHere, posts }) => isHere && posts.some((post) => !isVoid(post, day)))
      .map(({ name }) => name);
  }

  /** Who may act in a post, in their own or for somebody who is away. */
  handsOf(role: Post["role"], county: string, day: string): Hand[] {
    const own = [...this.members.values()]
      .filter(
        ({ isHere, posts }) =>
          isHere && posts.some((post) => !isVoid(post, day) && post.role === role && post.county === county),
      )
      .map(({ name }) => ({ name }));
    const standIns = own.flatMap(({ name }) =>
      this.awayOn(name, day).map(({ by }) => ({ name: by, behalf: name })),
    );
    return [...own, ...standIns];
  }

  awayOn(name: string, day: string): Absence[] {
    return this.absences.filter(({ who, from, to }) => who === name && from <= day && day <= to);
  }

  /** Whether the two are free for it: nobody stands in for a stand-in, or while away. */
  mayStandIn({ who, by, from, to }: Absence): boolean {
    const overlaps = this.absences.filter((one) => one.from <= to && one.to >= from);
    const isAway = (name: string) => overlaps.some((one) => one.who === name);
    return who !== by && !isAway(who) && !isAway(by) && !overlaps.some((one) => one.by === who);
  }

  /** From the first to the last day of a leave that begins on `from`. */
  static span(from: string, days: number) {
    return { from, to: plusDays(from, days) };
  }
}
