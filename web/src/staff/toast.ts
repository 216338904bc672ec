import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** A word that what was asked is done; it goes by itself. */
export const toast = (message: string): void => {
  notifications.show({ message, color: 'pine', closeButtonProps: { 'aria-label': i18next.t('common.close') } });
};
