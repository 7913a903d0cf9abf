/** A mistake in a command: its message is for the person at the terminal. */
export class Usage extends Error {}
