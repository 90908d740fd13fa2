/** Thrown by a `Console` for what the visitor may not do; the message is Chinese and is shown as it stands. */
export class ConsoleRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "ConsoleRefusal";
    this.code = code;
  }
}
