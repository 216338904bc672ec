/** What the first script (begin.ts) hands over to the pages when they are here. */
type HandedOver = {
  /** Answers on their way already, by address. */
  readonly answers: Map<string, Promise<Response>>;
  /** What is written on the button that was pressed before anything could follow. */
  pressed?: string;
};

declare global {
  interface Window {
    nuanliu?: HandedOver;
  }
}

/** What was asked early is taken once; whatever comes later is asked anew. */
export function takeAnswer(address: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> | undefined {
  if (init?.method !== 'GET' || typeof address !== 'string') return undefined;
  const answers = window.nuanliu?.answers;
  const answer = answers?.get(address);
  answers?.delete(address);
  return answer;
}

/** Does what was pressed on the first view, now that it can be done. */
export function pressAgain(): void {
  const text = window.nuanliu?.pressed;
  if (text === undefined) return;
  delete window.nuanliu?.pressed;
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('#root button')];
  buttons.find(({ textContent }) => textContent === text)?.click();
}
