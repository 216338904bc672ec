import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parsePassCode } from '../../../shared/domain/pass-code.ts';

/** A frame is looked at this often: a code is read while somebody still holds it up, and a phone stays cool. */
const LOOK_MS = 200;

/** What is looked for: the code of a pass, or a bag's, which is a line code or a square one. */
const FORMATS = { pass: ['qr_code'], bag: ['code_128', 'data_matrix', 'qr_code'] } as const;

type Read = (frame: HTMLVideoElement) => Promise<string | undefined>;

declare global {
  interface Window {
    /** Not in every browser, and where it is, not on every system. */
    BarcodeDetector?: {
      new (options: {
        formats: string[];
      }): {
        detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
      };
      getSupportedFormats(): Promise<string[]>;
    };
  }
}

/** Which of what is looked for the browser reads by itself. */
async function formatsRead(of: keyof typeof FORMATS): Promise<string[]> {
  const known = (await window.BarcodeDetector?.getSupportedFormats().catch((): string[] => [])) ?? [];
  return FORMATS[of].filter((format) => known.includes(format));
}

const library = async () => await import('qr/decode.js');

/** Fetches what reads a pass here while there is a line, so that the camera opens without one too. */
export async function fetchReader(): Promise<void> {
  if ((await formatsRead('pass')).length === 0) await library();
}

/** What reads a QR code here: the browser itself, or else a library that is fetched when it is needed. */
async function reader(of: keyof typeof FORMATS): Promise<Read> {
  const Detector = window.BarcodeDetector;
  const formats = await formatsRead(of);
  if (Detector && formats.length > 0) {
    const detector = new Detector({ formats });
    return async (frame) => (await detector.detect(frame))[0]?.rawValue;
  }
  const { default: decode } = await library();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (frame) => {
    if (!context) return undefined;
    // A code that fills the picture is read from far fewer points than a camera has.
    const scale = Math.min(1, 640 / Math.max(frame.videoWidth, frame.videoHeight, 1));
    canvas.width = Math.round(frame.videoWidth * scale);
    canvas.height = Math.round(frame.videoHeight * scale);
    if (canvas.width === 0 || canvas.height === 0) return undefined;
    context.drawImage(frame, 0, 0, canvas.width, canvas.height);
    try {
      return decode(context.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      // No code in this frame.
      return undefined;
    }
  };
}

type Looking = {
  /** A pass, unless told that it is a bag. */
  readonly of?: keyof typeof FORMATS;
  /** Whether a code is one that is looked for. */
  readonly accept?: (text: string) => boolean;
  readonly read: (text: string) => void;
};

/** A code read with the device's camera; open only while somebody scans. Where there is no camera it is not offered. */
export function ScanCamera({ read, ...looking }: Looking) {
  const { t } = useTranslation('work');
  const [open, setOpen] = useState(false);
  if (!navigator.mediaDevices?.getUserMedia) return null;
  return open ? (
    <Camera
      {...looking}
      read={(text) => {
        setOpen(false);
        read(text);
      }}
      close={() => setOpen(false)}
    />
  ) : (
    <Button variant="default" onClick={() => setOpen(true)}>
      {t(looking.of === 'bag' ? 'complete.camera' : 'desk.scan.open')}
    </Button>
  );
}

function Camera({ of = 'pass', accept = isPass, read, close }: Looking & { readonly close: () => void }) {
  const { t } = useTranslation('work');
  const video = useRef<HTMLVideoElement>(null);
  const [said, setSaid] = useState<'hint' | 'denied' | 'none' | 'other'>('hint');
  const told = useRef(read);
  told.current = read;
  const fits = useRef(accept);
  fits.current = accept;
  useEffect(() => {
    const over = new AbortController();
    let stream: MediaStream | undefined;
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const run = async (): Promise<void> => {
      const [look, opened] = await Promise.all([
        reader(of),
        navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }),
      ]);
      stream = opened;
      const picture = video.current;
      if (over.signal.aborted || !picture) return stop();
      picture.srcObject = stream;
      await picture.play();
      while (!over.signal.aborted) {
        const text = await look(picture).catch(() => undefined);
        if (over.signal.aborted) break;
        if (text && fits.current(text)) return told.current(text);
        if (text) setSaid('other');
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    };
    run().catch((error: Error) => {
      if (!over.signal.aborted) setSaid(error.name === 'NotAllowedError' ? 'denied' : 'none');
    });
    return () => {
      over.abort();
      stop();
    };
  }, [of]);
  return (
    <section className="camera" aria-label={t('desk.scan.title')}>
      {/* Seen by whoever holds the code, and silent. */}
      <video
        ref={video}
        muted
        playsInline
        aria-label={t('desk.scan.title')}
        hidden={said === 'denied' || said === 'none'}
      />
      <p role="status" className={said === 'hint' ? 'muted' : 'bad'}>
        {t(of === 'bag' && (said === 'hint' || said === 'other') ? `complete.cameraSays.${said}` : `desk.scan.${said}`)}
      </p>
      <Button variant="default" onClick={close}>
        {t('desk.scan.close')}
      </Button>
    </section>
  );
}

const isPass = (text: string): boolean => parsePassCode(text) !== undefined;
