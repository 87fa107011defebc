import { Problem } from './api/client';
import { t } from './i18n';

// A file as the API takes it within a body.
export const base64Of = (from: File): Promise<string> =>
    new Promise((done, fail) => {
        const reader = new FileReader();
        reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ''));
        reader.onerror = () => fail(new Problem(0, t('读不出这个文件', 'The file cannot be read')));
        reader.readAsDataURL(from);
    });
