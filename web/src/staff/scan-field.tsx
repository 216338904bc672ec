import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type RefObject, useRef } from 'react';

/**
 * Where a scanner types: it ends with Enter, and goes on with the next. With a Chinese input method on, that Enter only takes the
 * letters over, so what the method hands over at it counts as entered.
 */
export function ScanField({
  label,
  hint,
  go,
  field,
  value,
  set,
  enter,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly go: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly enter: (value: string) => void;
}) {
  const entered = useRef(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (value.trim()) enter(value.trim());
  };
  return (
    <form className="scan-field" onSubmit={submit}>
      <TextInput
        ref={field}
        id="scan"
        label={label}
        {...(hint && { description: hint })}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
        value={value}
        classNames={{ input: 'mono' }}
        onChange={(event) => set(event.currentTarget.value)}
        onKeyDown={({ nativeEvent }) => {
          entered.current = nativeEvent.isComposing && nativeEvent.code === 'Enter';
        }}
        onCompositionEnd={(event) => {
          const text = event.currentTarget.value.trim();
          if (entered.current && text) enter(text);
          entered.current = false;
        }}
      />
      <Button type="submit" variant="default">
        {go}
      </Button>
    </form>
  );
}
