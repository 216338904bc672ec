import { Radio } from '@mantine/core';

/** Choices side by side, each a large target. */
export function Options({
  legend,
  name,
  value,
  options,
  choose,
  error,
}: {
  readonly legend: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly { value: string; label: string }[];
  readonly choose: (value: string) => void;
  readonly error?: string | undefined;
}) {
  return (
    <fieldset className="options">
      <legend>{legend}</legend>
      {error && <p className="bad small">{error}</p>}
      <div className="options-row">
        {options.map((option) => (
          <Radio
            key={option.value}
            id={`${name}-${option.value}`}
            className="choice"
            name={name}
            value={option.value}
            label={option.label}
            checked={value === option.value}
            onChange={() => choose(option.value)}
          />
        ))}
      </div>
    </fieldset>
  );
}
