/** What somebody of the demonstration does when `play` comes to its time: says something, or has been sent a card, and presses its button. */
export interface DemoAct {
  /** Local time of the office, as "2020-12-17T17:00". */
  at: string;
  /** A demonstration person's name. */
  who: string;
  /** Absent: the button is on a card that they were sent. */
  says?: string;
  /** How the button's label begins. */
  press: string;
  /** What they fill in otherwise than the form has it. */
  fill?: Readonly<Record<string, string>>;
}
