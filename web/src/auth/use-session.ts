import { useSyncExternalStore } from 'react';
import { type Session, session } from './session.ts';

export const useSession = (): Session | undefined =>
  useSyncExternalStore(session.subscribe, session.get, () => undefined);
