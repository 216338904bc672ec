const MOST_LENGTH = 30;
/** What numbers a line of a list. */
const NUMBERED = /^\s*\d{1,2}\s*[.．、)）]\s*/;

/** Names as somebody types or pastes them: a line each, numbered or not, or with commas between. */
export const namesTyped = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => line.replace(NUMBERED, '').split(/[,，、;；]/))
    .map((name) => name.trim().slice(0, MOST_LENGTH))
    .filter((name) => name !== '');
