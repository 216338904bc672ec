import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isBookingAllowed } from '../../../shared/domain/booking-states.ts';
import { parsePassCode, printPassCode } from '../../../shared/domain/pass-code.ts';
import { useApi } from '../api/hooks.ts';
import type { RosterEntry } from '../api/types.ts';
import { isMeant } from '../lib/is-meant.ts';
import { useSentence } from '../ui/states.tsx';
import { ScanCamera } from './scan-camera.tsx';
import { sound } from './scan-sound.ts';

/** What the desk looks for, and the lines that it leaves of a day's roster. */
export function useFinder({
  siteId,
  date,
  today,
  items,
}: {
  readonly siteId: string;
  readonly date: string;
  readonly today: string;
  readonly items: readonly RosterEntry[];
}) {
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState('');
  const [code, setCode] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const pass = useApi('GET /api/donations/pass', { query: { siteId, date, code } }, { enabled: code !== '' });
  const found = code ? pass.data?.items : undefined;
  const failed = code !== '' && pass.error !== null;
  const heard = useRef('');
  useEffect(() => {
    // Whatever is scanned next takes the place of this code.
    if (found) field.current?.select();
    if (code === '') heard.current = '';
    // Once for each scan, and not again when its line is asked for anew.
    if (code === '' || heard.current === code || !(found || failed)) return;
    heard.current = code;
    sound(found !== undefined && date === today && found.some(({ status }) => isBookingAllowed('check-in', status)));
  }, [found, failed, code, date, today]);
  const clear = (): void => {
    setTyped('');
    setWanted('');
    setCode('');
    field.current?.focus();
  };
  return {
    typed,
    code,
    field,
    pass,
    found,
    clear,
    shown: code ? (found ?? []) : wanted.trim() ? items.filter((entry) => isMeant(entry, wanted)) : items,
    /** While an input method is composing, what stands there is not yet what is meant. */
    type: (text: string, composing: boolean) => {
      setTyped(text);
      if (composing) return;
      setCode('');
      setWanted(text);
    },
    /** A pass that the camera has read: as if it were typed. */
    scan: (text: string): void => {
      const read = parsePassCode(text);
      setTyped(read ? printPassCode(read) : text);
      setCode(read ?? '');
      field.current?.focus();
    },
    /** Looks a pass up. What is none, and nobody's name or number either, is heard to be so. */
    look: (text: string): void => {
      const read = parsePassCode(text);
      setCode(read ?? '');
      if (!read && text.trim() && !items.some((entry) => isMeant(entry, text))) sound(false);
    },
  };
}
export type Finder = ReturnType<typeof useFinder>;

/**
 * One field for whoever stands at the desk: a name or the end of a number narrows the list as it is typed; a pass code, typed or
 * scanned, finds its booking, and Enter once more checks it in.
 */
export function FindDonor({
  finder,
  board,
  isToday,
}: {
  readonly finder: Finder;
  /** Only today's are checked in. */
  readonly isToday: boolean;
  readonly board: RefObject<HTMLElement | null>;
}) {
  const { t } = useTranslation('work');
  const sentence = useSentence();
  const { typed, code, pass, found, shown } = finder;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (code && parsePassCode(typed) === code && found?.length === 1) {
      board.current?.querySelector<HTMLButtonElement>('button[data-check-in]')?.click();
    } else finder.look(typed);
  };
  const said =
    code && pass.error
      ? sentence(pass.error)
      : code && found?.length === 0
        ? t('find.noPass', { code: printPassCode(code) })
        : code && found && !isToday
          ? t('find.otherDay')
          : !code && typed.trim() && shown.length === 0
            ? t('find.nobody', { text: typed.trim() })
            : undefined;
  const ready = code && isToday && found?.length === 1 && found[0]?.status === 'booked' ? found[0].name : undefined;
  return (
    <search>
      <div className="find-way">
        <form className="find" noValidate onSubmit={submit}>
          <TextInput
            ref={finder.field}
            label={t('find.label')}
            value={typed}
            onChange={({ currentTarget, nativeEvent }) =>
              finder.type(currentTarget.value, (nativeEvent as InputEvent).isComposing)
            }
            onCompositionEnd={({ currentTarget }) => {
              finder.type(currentTarget.value, false);
              // The Enter that a scanner sends at the end was taken by the input method.
              finder.look(currentTarget.value);
            }}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={40}
          />
          {typed ? (
            <Button variant="default" onClick={finder.clear}>
              {t('find.clear')}
            </Button>
          ) : (
            <Button type="submit" variant="default">
              {t('find.go')}
            </Button>
          )}
        </form>
        <ScanCamera read={finder.scan} />
      </div>
      <p className={`find-said small ${said ? (code ? 'bad' : 'strong') : 'muted'}`} role="status">
        {said ?? (ready ? t('find.ready', { name: ready }) : '')}
      </p>
    </search>
  );
}
