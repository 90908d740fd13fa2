import type { Form } from "../../bot/form.ts";
import type { Reply } from "../../bot/lantian.ts";
import type { AnyCommand } from "../../chat/command.ts";
import { isRefusal } from "../../chat/refusal.ts";

/** A form as it is opened, and the token under which it is handed in. */
export type FormAtOnce = { token: string; form: Pick<Form, "title" | "fields"> };

/** The form of a command that was said without all that it needs: there is nothing else to read, so it opens at once. */
export function formAtOnce({ answer, command }: Reply, commands: readonly AnyCommand[]): FormAtOnce | null {
  if (isRefusal(answer)) return null;
  const { title, buttons } = answer.card;
  const { form } = commands.find(({ name }) => name === command) ?? {};
  const [button, ...more] = buttons;
  if (form === undefined || form !== title || more.length > 0) return null;
  if (button?.kind !== "press" || button.fields.length === 0) return null;
  return { token: button.token, form: { title, fields: button.fields } };
}
