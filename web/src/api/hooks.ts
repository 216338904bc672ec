import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session as whoIsHere } from '../auth/session.ts';
import { useSession } from '../auth/use-session.ts';
import { ApiError } from './error.ts';
import { call, keys, unwrittenKeys } from './index.ts';
import type { ActionKey, CallInput, CallKey, CallOutput, Person, QueryKey } from './types.ts';

export const queryClient = new QueryClient({
  // The client itself repeats what may be repeated.
  defaultOptions: { queries: { retry: false, staleTime: 15_000 }, mutations: { retry: false } },
});

// What one was told is nobody's who comes after them, in this tab or in another.
whoIsHere.onAnother(() => void queryClient.resetQueries());

type Options = {
  readonly enabled?: boolean;
  /** Ask again every so many milliseconds while the page is looked at. */
  readonly every?: number;
  readonly staleTime?: number;
  /** Show the answer for the previous input while the next is on its way. */
  readonly keep?: boolean;
};

const nameOf = (key: CallKey, input: object, language: string): readonly unknown[] => [key, language, input];

export type Answer<K extends QueryKey> = UseQueryResult<CallOutput<K>, ApiError>;

export function useApi<K extends QueryKey>(key: K, input: CallInput<K>, options: Options = {}): Answer<K> {
  const { i18n } = useTranslation();
  return useQuery<CallOutput<K>, ApiError>({
    queryKey: nameOf(key, input, i18n.language),
    queryFn: ({ signal }) => call(key, input, { signal }),
    ...(options.enabled !== undefined && { enabled: options.enabled }),
    ...(options.every !== undefined && { refetchInterval: options.every }),
    ...(options.staleTime !== undefined && { staleTime: options.staleTime }),
    ...(options.keep && { placeholderData: keepPreviousData }),
  });
}

type Paged = { items: unknown[]; cursor?: string | undefined };
type PagedKey = { [K in QueryKey]: CallOutput<K> extends Paged ? K : never }[QueryKey];

/** A paged list, page after page. */
export function usePages<K extends PagedKey>(key: K, input: CallInput<K>, options: Options = {}) {
  const { i18n } = useTranslation();
  const query = useInfiniteQuery<
    CallOutput<K>,
    ApiError,
    { pages: CallOutput<K>[] },
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['pages', ...nameOf(key, input, i18n.language)],
    queryFn: ({ signal, pageParam }) => {
      const asked = {
        ...input,
        query: { ...(input as { query?: object }).query, ...(pageParam && { cursor: pageParam }) },
      };
      return call(key, asked as CallInput<K>, { signal });
    },
    initialPageParam: undefined,
    getNextPageParam: (last) => (last as Paged).cursor,
    ...(options.enabled !== undefined && { enabled: options.enabled }),
    ...(options.every !== undefined && { refetchInterval: options.every }),
  });
  const items = (query.data?.pages ?? []).flatMap((page) => (page as Paged).items) as Extract<
    CallOutput<K>,
    { items: unknown[] }
  >['items'][number][];
  return { ...query, items };
}

export function useMe(): Answer<'GET /api/me'> {
  const session = useSession();
  return useApi('GET /api/me', {}, { enabled: session !== undefined, staleTime: 60_000 });
}

export const hasRole = (me: Person | undefined, role: Person['roles'][number]['role']): boolean =>
  me?.roles.some((each) => each.role === role) ?? false;

export type Act<K extends ActionKey> = {
  readonly run: (input: CallInput<K>) => Promise<CallOutput<K> | undefined>;
  readonly busy: boolean;
  /** Which repeat is under way, while the service is busy or unreachable. */
  readonly attempt: number | undefined;
  readonly error: ApiError | undefined;
  readonly reset: () => void;
};

/**
 * One thing a person does. `action` names it within the tab: the same action with the same input always carries the same
 * idempotency key, until it has succeeded. An `input` known when the page opens makes the key then; of one that is `unwritten` the
 * tab's storage keeps nothing.
 */
export function useAct<K extends ActionKey>(
  key: K,
  action: string,
  options: { readonly input?: CallInput<K> | undefined; readonly keepKey?: boolean; readonly unwritten?: boolean } = {},
): Act<K> {
  const client = useQueryClient();
  const own = options.unwritten ? unwrittenKeys : keys;
  const [attempt, setAttempt] = useState<number>();
  const known = options.input === undefined ? undefined : JSON.stringify(options.input);
  useEffect(() => {
    if (known !== undefined) own.of(action, JSON.parse(known));
  }, [action, known, own]);
  const mutation = useMutation<CallOutput<K>, ApiError, CallInput<K>>({
    mutationFn: (input) => call(key, input, { idempotencyKey: own.of(action, input), onRetry: setAttempt }),
    // The client waits and repeats by itself; a paused mutation would look like a dead button.
    networkMode: 'always',
    onSuccess: () => {
      if (!options.keepKey) own.forget(action);
      return client.invalidateQueries();
    },
    // What was acted on is no longer so: the page shows how it stands now, and acting again rests on that.
    onError: (error) => void (error.code === 'changed-meanwhile' && client.invalidateQueries()),
    onSettled: () => setAttempt(undefined),
  });
  return {
    run: (input) => mutation.mutateAsync(input).catch(() => undefined),
    busy: mutation.isPending,
    attempt,
    error: mutation.error instanceof ApiError ? mutation.error : undefined,
    reset: mutation.reset,
  };
}
