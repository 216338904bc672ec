import { GROUP_OF, TEXT_GROUPS, type TextGroup } from '../../../shared/domain/text-groups.ts';
import { MESSAGE_TEMPLATES } from '../../../shared/domain/vocabulary.ts';
import type { Person } from '../api/types.ts';

/** The kinds of text of which a person gets none. */
export const mutedGroups = ({ mutedTemplates }: Pick<Person, 'mutedTemplates'>): readonly TextGroup[] =>
  TEXT_GROUPS.filter((group) =>
    MESSAGE_TEMPLATES.every((template) => GROUP_OF[template] !== group || mutedTemplates.includes(template)),
  );
