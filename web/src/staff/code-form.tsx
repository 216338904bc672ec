import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

const CODE = /^\d{4}$/;

/** Where staff type the four digits that a caller reads out from a text. */
export function CodeForm({ label, find }: { readonly label: string; readonly find: (code: string) => void }) {
  const { t } = useTranslation('work');
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A Chinese input method may write its digits in full width.
    const code = typed.normalize('NFKC').replaceAll(/\s/g, '');
    setWrong(!CODE.test(code));
    if (CODE.test(code)) find(code);
  };
  return (
    <search>
      <form className="find" noValidate onSubmit={submit}>
        <TextInput
          label={label}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={typed}
          error={wrong && t('offer.wrong')}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('offer.find')}
        </Button>
      </form>
    </search>
  );
}
