let context: AudioContext | undefined;

/** A high note for what is taken, two low ones for what is refused: heard without looking. Silent where the browser has no sound. */
export function sound(taken: boolean): void {
  try {
    context ??= new AudioContext();
    const notes = taken ? [[1320, 0, 0.09]] : [[220, 0, 0.18] as const, [180, 0.22, 0.28] as const];
    for (const [pitch = 0, after = 0, seconds = 0] of notes) {
      const tone = context.createOscillator();
      const level = context.createGain();
      tone.type = taken ? 'sine' : 'square';
      tone.frequency.value = pitch;
      level.gain.value = 0.15;
      tone.connect(level).connect(context.destination);
      tone.start(context.currentTime + after);
      tone.stop(context.currentTime + after + seconds);
    }
  } catch {
    // The colour and the words say it too.
  }
}
