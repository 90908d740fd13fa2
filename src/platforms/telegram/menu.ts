import type { BotCommand } from "grammy/types";
import type { AnyCommand } from "../../chat/command.ts";

/** Telegram takes a hundred commands, names of 1 to 32 small letters, digits and underscores, descriptions of up to 256; a phone shows less. */
const LIMITS = { commands: 100, description: 100 } as const;

/** The command menu: every command by its Latin name, told in Chinese. */
export function menuOf(commands: readonly AnyCommand[]): BotCommand[] {
  return commands
    .filter(({ name }) => /^[a-z0-9_]{1,32}$/.test(name))
    .slice(0, LIMITS.commands)
    .map(({ name, words, help }) => ({
      command: name,
      description: [...`${words[0]}：${help.does}`].slice(0, LIMITS.description).join(""),
    }));
}
