import { setTimeout as sleep } from 'node:timers/promises';
import { type DataFolder, endOldEngine, noteEngine } from './data-folder.ts';
import { type Engine, startEngine } from './engine.ts';

export type SupervisedEngine = {
  readonly endpoint: string;
  /** The process answering at this moment; for tests that end it. */
  readonly pid: () => number;
  /** Runs something on the database file while the engine is stopped, then starts it again. */
  readonly whileStopped: (work: () => void) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const RESTART_MS = 50;
const RESTART_CAP_MS = 5_000;

/** The engine on a data folder: an old one is ended first, and one that dies is started again on the same port. */
export async function superviseEngine(folder: DataFolder, warn: (line: string) => void): Promise<SupervisedEngine> {
  const dbPath = folder.file('engine.db');
  const start = async (port?: number) => {
    await endOldEngine(folder);
    return await startEngine({ dbPath, ...(port && { port }), onPid: (pid) => noteEngine(folder, pid) });
  };

  let wanted = true;
  let engine: Engine = await start();
  const { endpoint, port } = engine;
  let restarting: Promise<void> | undefined;

  const watch = (watched: Engine): void => {
    void watched.ended.then(() => {
      if (!wanted || engine !== watched) return;
      warn('the table engine ended; starting it again');
      restarting = restart().finally(() => {
        restarting = undefined;
      });
    });
  };
  const restart = async () => {
    for (let wait = RESTART_MS; wanted; wait = Math.min(wait * 2, RESTART_CAP_MS)) {
      try {
        engine = await start(port);
        watch(engine);
        return;
      } catch (error) {
        warn(String(error));
        await sleep(wait);
      }
    }
  };
  watch(engine);

  const stop = async () => {
    wanted = false;
    await restarting;
    await engine.stop();
  };
  return {
    endpoint,
    pid: () => engine.pid,
    whileStopped: async (work) => {
      await stop();
      work();
      wanted = true;
      engine = await start(port);
      watch(engine);
    },
    stop,
  };
}
