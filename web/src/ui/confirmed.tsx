import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A button for what cannot be taken back: it asks once more, the way back first, so that no second press of a slip is a yes. */
export function Confirmed({
  label,
  yes,
  busy,
  confirm,
}: {
  readonly label: string;
  readonly yes: string;
  readonly busy: boolean;
  readonly confirm: () => void;
}) {
  const { t } = useTranslation();
  const [asks, setAsks] = useState(false);
  return asks ? (
    <div className="row">
      <Button key="back" autoFocus variant="default" disabled={busy} onClick={() => setAsks(false)}>
        {t('common.back')}
      </Button>
      <Button key="yes" color="ember" loading={busy} onClick={confirm}>
        {yes}
      </Button>
    </div>
  ) : (
    <div>
      <Button key="ask" variant="default" onClick={() => setAsks(true)}>
        {label}
      </Button>
    </div>
  );
}
