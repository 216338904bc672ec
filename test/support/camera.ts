import type { Page } from 'playwright-core';
import encodeQR from 'qr';

/** A camera before which somebody holds up a phone that shows a code. */
export async function holdUp(page: Page, text: string): Promise<void> {
  const rows = encodeQR(text, 'raw', { border: 4 });
  await page.evaluate(`{
    const modules = ${JSON.stringify(rows)};
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = modules.length * 10;
    const context = canvas.getContext('2d');
    setInterval(() => {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#000';
      modules.forEach((row, y) => row.forEach((on, x) => on && context.fillRect(x * 10, y * 10, 10, 10)));
    }, 50);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
  }`);
}
