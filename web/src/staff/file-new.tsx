import { Button, FileInput, Radio } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { FILE_KINDS, type FileKind, isMirrored } from '../../../shared/domain/files/fields.ts';
import { useApi } from '../api/hooks.ts';
import { Page } from '../ui/page.tsx';
import { ErrorSummary, type FieldProblem } from '../ui/states.tsx';
import { choose, chosenFile } from './file-chosen.ts';
import { Examples } from './files.tsx';
import { Work } from './frame.tsx';

/** What is in the file, and which it is. */
export function FileNewPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('files.choose.title')}>
      {() => <Choose />}
    </Work>
  );
}

function Choose() {
  const { t } = useTranslation('work');
  const { siteId = '' } = useParams();
  const navigate = useNavigate();
  // Whether a blood bank's system is master here; the server says so again.
  const units = useApi('GET /api/units/settings/{siteId}', { params: { siteId } });
  const before = chosenFile();
  const [kind, setKind] = useState<FileKind | ''>(before?.kind ?? '');
  const [file, setFile] = useState<File | null>(before?.file ?? null);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const wrong = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const faults = [
      ...(kind === '' ? [{ field: 'kind', message: t('files.choose.error.kind') }] : []),
      ...(file ? [] : [{ field: 'file', message: t('files.choose.error.file') }]),
    ];
    setProblems(faults);
    if (kind === '' || !file) return;
    choose({ kind, file });
    await navigate(`/staff/${siteId}/files/new/columns`);
  };
  return (
    <Page title={t('files.choose.title')} back={`/staff/${siteId}/files`}>
      <form noValidate className="question" onSubmit={(event) => void submit(event)}>
        <ErrorSummary problems={problems} />
        {units.data?.master === 'other' && (
          <div className="notice">
            <p>{t('files.choose.mirrored', { system: units.data.system ?? '' })}</p>
          </div>
        )}
        <Radio.Group
          label={<h2>{t('files.choose.kind')}</h2>}
          value={kind}
          error={wrong('kind')}
          onChange={(value) => setKind(value as FileKind)}
        >
          <div className="choices">
            {FILE_KINDS.map((each, n) => {
              const isOurs = isMirrored(each) && units.data?.master === 'nuanliu';
              return (
                <Radio
                  key={each}
                  id={n === 0 ? 'kind' : undefined}
                  className="choice"
                  value={each}
                  label={t(`files.kind.${each}`)}
                  description={t(`files.choose.kindHint.${isOurs ? 'own' : each}`)}
                  disabled={isOurs}
                />
              );
            })}
          </div>
        </Radio.Group>
        <FileInput
          id="file"
          label={t('files.choose.file')}
          description={t('files.choose.fileHint')}
          accept=".csv,.txt,.tsv,.xlsx"
          value={file}
          error={wrong('file')}
          onChange={setFile}
        />
        <p className="muted">{t('files.choose.private')}</p>
        <Button type="submit">{t('files.choose.next')}</Button>
      </form>
      <Examples />
    </Page>
  );
}
