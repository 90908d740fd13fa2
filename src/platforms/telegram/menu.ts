import type { BotCommand } from "grammy/types";
import type { Lantian } from "../../bot/lantian.ts";
import { argsOf } from "../../chat/args.ts";
import type { AnyCommand } from "../../chat/command.ts";
import { commandsFor } from "../../chat/suggestions.ts";
import { type Telegram, TelegramFault } from "./api.ts";
import type { Sender } from "./speaker.ts";

/** Telegram takes a hundred commands, names of 1 to 32 small letters, digits and underscores, descriptions of up to 256; a phone shows less. */
const LIMITS = { commands: 100, description: 100 } as const;

/**
 * A command menu: commands by their Latin names, told in Chinese. A tap sends the bare name, so that what needs more words than
 * that, and no form asks for them, gives way where there are too many; said, it works all the same.
 */
export function menuOf(commands: readonly AnyCommand[]): BotCommand[] {
  const named = commands.filter(({ name }) => /^[a-z0-9_]{1,32}$/.test(name));
  const wordy = named.filter(needsWords);
  const dropped = new Set(wordy.slice(Math.max(0, wordy.length - (named.length - LIMITS.commands))));
  return named
    .filter((command) => named.length <= LIMITS.commands || !dropped.has(command))
    .slice(0, LIMITS.commands)
    .map(({ name, words, help }) => ({
      command: name,
      description: [...`${words[0]}：${help.does}`].slice(0, LIMITS.description).join(""),
    }));
}

const needsWords = ({ form, args }: AnyCommand): boolean =>
  form === undefined &&
  argsOf(args).some(([, { optional, otherwise }]) => !optional && otherwise === undefined);

/** What a group's menu offers: what is answered there, for whoever asks. */
export const groupMenuOf = (commands: readonly AnyCommand[]): BotCommand[] =>
  menuOf(commands.filter(({ audience }) => audience === "anyone" || audience === "scope"));

/** Tells Telegram the menus that don't depend on who somebody is: a stranger's, and the groups'. */
export async function tellCommonMenus(bot: Lantian, telegram: Telegram): Promise<void> {
  const { commands } = bot.registry;
  const strangers = menuOf(commands.filter(({ kind, name }) => kind === "welcome" || name === "help"));
  const groups = groupMenuOf(commands);
  await telegram.call("setMyCommands", (api, s) => api.setMyCommands(strangers, {}, s));
  await telegram.call("setMyCommands", (api, s) =>
    api.setMyCommands(groups, { scope: { type: "all_group_chats" } }, s),
  );
}

export type PersonalMenus = { bringUpToDate(sender: Sender): Promise<void> };

/**
 * Each person's own menu, of what they may use: told when they have spoken in private and it isn't the one that was told last,
 * so that a new post changes it with the next word. A menu that Telegram doesn't take keeps nobody from an answer.
 */
export function personalMenusOf(bot: Lantian, telegram: Telegram): PersonalMenus {
  const told = new Map<string, string>();
  return {
    async bringUpToDate({ chat, kind, user }) {
      if (kind !== "private") return;
      const identity = { platform: "telegram" as const, workspace: "", userKey: String(user) };
      const person = await bot.store.read((r) => r.people.byIdentity(identity));
      if (person === null || !person.active) return;
      const today = bot.office.today(await bot.clock.now());
      const menu = menuOf(commandsFor(person, bot.registry.commands, bot.office, today));
      const names = menu.map(({ command }) => command).join(" ");
      if (told.get(chat) === names) return;
      told.set(chat, names);
      const scope = { type: "chat" as const, chat_id: user };
      await telegram
        .call("setMyCommands", (api, s) => api.setMyCommands(menu, { scope }, s))
        .catch((error: unknown) => {
          if (!(error instanceof TelegramFault)) throw error;
          told.delete(chat);
        });
    },
  };
}
