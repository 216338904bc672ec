import { messages } from '../../../shared/contract/messages.ts';
import { areaHandler } from '../../runtime/area-handler.ts';
import { once, storeFromEnv, systemWorld } from '../../runtime/init.ts';
import { messagesDeps } from './deps.ts';
import { listProblems } from './list-problems.ts';
import { resend } from './resend.ts';

export const messagesRoutes = {
  'GET /api/messages/problems': listProblems,
  'POST /api/messages/problems/resend': resend,
};

const deps = once(() => messagesDeps(storeFromEnv(), systemWorld('messages')));

export const handler = areaHandler(messages, deps, messagesRoutes);
