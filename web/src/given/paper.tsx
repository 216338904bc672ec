import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isWechat } from '../lib/wechat.ts';
import { Qr, qrModules } from '../ui/qr.tsx';
import { drawRecord, type RecordWords } from './record-picture.ts';

type PaperProps = {
  readonly words: RecordWords;
  readonly code: string;
  /** Terms whose values are codes. */
  readonly codes: readonly string[];
  /** Of the file that is kept, without its ending. */
  readonly fileName: string;
  /** All that the picture says, for who cannot see it. */
  readonly alt: string;
};

/** A plain sheet that says first what it is not, and can be kept. Page, picture and PDF say the same. */
export function PaperSheet({ words, code, codes, fileName, alt }: PaperProps) {
  const { t } = useTranslation('given');
  const address = `${window.location.origin}/verify/${code}`;
  const modules = useMemo(() => qrModules(address), [address]);
  return (
    <>
      <article className="paper" aria-labelledby="paper">
        <header>
          <h2 id="paper">{words.title}</h2>
          <p className="paper-not">
            <b>{words.not}</b> {words.notText}
          </p>
        </header>
        <dl>
          {words.rows.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd className={codes.includes(term) ? 'mono' : undefined}>{value}</dd>
            </div>
          ))}
        </dl>
        <footer>
          <Qr modules={modules} label={t('record.qr', { code })} />
          <p>
            {words.verify}
            <br />
            <span className="muted">{words.by}</span>
          </p>
        </footer>
      </article>
      <Keep words={words} modules={modules} fileName={fileName} alt={alt} />
    </>
  );
}

/** As a picture anywhere; as a PDF where files can be kept, which WeChat's browser cannot. */
function Keep({
  words,
  modules,
  fileName,
  alt,
}: Pick<PaperProps, 'words' | 'fileName' | 'alt'> & { readonly modules: ReturnType<typeof qrModules> }) {
  const { t } = useTranslation('given');
  const [picture, setPicture] = useState<string>();
  const [pdf, setPdf] = useState<'idle' | 'busy' | 'failed'>('idle');
  const wechat = isWechat();
  const savePdf = async (): Promise<void> => {
    setPdf('busy');
    try {
      const { recordPdf } = await import('./record-pdf.ts');
      const bytes = await recordPdf(drawRecord(modules, words), words.title);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
      link.download = `${fileName}.pdf`;
      link.click();
      URL.revokeObjectURL(link.href);
      setPdf('idle');
    } catch {
      setPdf('failed');
    }
  };
  return (
    <>
      <div className="row">
        <Button onClick={() => setPicture(drawRecord(modules, words).canvas.toDataURL('image/png'))}>
          {t('record.picture')}
        </Button>
        {!wechat && (
          <Button variant="default" onClick={() => void savePdf()} loading={pdf === 'busy'}>
            {t('record.pdf')}
          </Button>
        )}
      </div>
      <p role="status" className={pdf === 'failed' ? 'bad' : 'small muted'}>
        {pdf === 'busy'
          ? t('record.pdfBusy')
          : pdf === 'failed'
            ? t('record.pdfFailed')
            : wechat
              ? t('record.wechat')
              : ''}
      </p>
      {picture && (
        <figure className="kept-picture">
          <figcaption role="status">{t('record.pressHint')}</figcaption>
          <img src={picture} alt={alt} />
          {!wechat && (
            <Button component="a" href={picture} download={`${fileName}.png`} variant="default">
              {t('record.download')}
            </Button>
          )}
        </figure>
      )}
    </>
  );
}
