// The one way to the server: session, CSRF, versions, problem documents.
import { reactive } from 'vue';
import type { EntityName, Records } from './types';

export interface FieldProblem {
    field: string;
    value: string;
    rule: string;
    remedy: string;
}

export class Problem extends Error {
    constructor(readonly status: number, message: string, readonly errors: FieldProblem[] = []) {
        super(message);
    }
    text(): string {
        const lines = this.errors.map((e) => `${e.value && e.field === 'items' ? e.value + '：' : ''}${e.rule}；${e.remedy}`);
        const first = this.errors[0]; // the message repeats it, under the name that programs know
        return (first && this.message.startsWith(first.field) ? lines : [this.message, ...lines]).join('\n');
    }
}

export interface Session {
    account: string;
    login: string;
    name: string;
    person: string | null;
    role: string | null;
    roles: string[];
    csrf: string;
    must_change: boolean;
    today: string;
    demo: boolean;
}

export interface Extras {
    actions?: string[];
    light?: string;
    days_left?: number | null;
    names?: Record<string, string | null>;
}
export type Row<E extends EntityName> = Records[E] & Extras;
export interface Page<T> {
    items: T[];
    total: number;
    total_is: 'exact' | 'at_least';
    next: string | null;
}
// A condition may stand in an address twice: state.ne=done&state.ne=revoked.
export type Query = Record<string, string | number | string[] | undefined>;
export type Body = Record<string, unknown>;

export const state = reactive({ session: null as Session | null, lang: localStorage.getItem('lang') === 'en' ? 'en' : 'zh' });

interface Options {
    body?: Body;
    version?: number;
    key?: string;
}

function headers(method: string, options: Options): Record<string, string> {
    const out: Record<string, string> = { 'Accept-Language': state.lang };
    if (options.body) out['Content-Type'] = 'application/json';
    if (method !== 'GET' && state.session) out['X-CSRF-Token'] = state.session.csrf;
    if (options.version !== undefined) out['If-Match'] = `"${options.version}"`;
    if (options.key) out['Idempotency-Key'] = options.key;
    return out;
}

async function problemOf(response: Response): Promise<Problem> {
    try {
        const body = (await response.json()) as { detail?: string; errors?: FieldProblem[] };
        return new Problem(response.status, body.detail ?? response.statusText, body.errors ?? []);
    } catch {
        return new Problem(response.status, response.statusText);
    }
}

export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
    const response = await fetch(`/api/v1/${path}`, {
        method,
        headers: headers(method, options),
        body: options.body ? JSON.stringify(options.body) : undefined,
    });
    if (response.status === 401 && path !== 'session') state.session = null;
    if (!response.ok) throw await problemOf(response);
    const text = await response.text();
    return (text ? JSON.parse(text) : {}) as T;
}

export function queryText(query: Query): string {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
        for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== '') params.append(name, String(one));
    return params.toString();
}

export const list = <E extends EntityName>(entity: E, query: Query = {}): Promise<Page<Row<E>>> =>
    call('GET', `${entity}?${queryText(query)}`);
export const show = <E extends EntityName>(entity: E, id: string): Promise<Row<E>> => call('GET', `${entity}/${id}?names=true`);

// The whole list behind a screen as a file, in the language of the page; refused like every other call.
export async function download(entity: EntityName, query: Query, format: 'xlsx' | 'csv'): Promise<void> {
    const { after: _, limit: __, ...conditions } = query;
    await downloadFile(`${entity}/export?${queryText({ ...conditions, format })}`);
}

interface ServedFile {
    blob: Blob;
    name: string;
}
const wait = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));

// Where the server is busy with another PDF and says when to come back, it is asked again, five times at most.
async function fetchFile(path: string): Promise<ServedFile> {
    for (let tries = 0; ; tries++) {
        const response = await fetch(`/api/v1/${path}`, { headers: headers('GET', {}) });
        const later = Number(response.headers.get('Retry-After'));
        if (response.status === 503 && later > 0 && tries < 5) {
            await wait(Math.min(later, 10));
            continue;
        }
        if (response.status === 401) state.session = null;
        if (!response.ok) throw await problemOf(response);
        const name = /filename\*=UTF-8''(.+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'file';
        return { blob: await response.blob(), name: decodeURIComponent(name) };
    }
}

function keepFile(file: ServedFile): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file.blob);
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export const downloadFile = async (path: string): Promise<void> => keepFile(await fetchFile(path));

// A PDF in a tab of its own. The tab is opened by the click itself: one that opens after the wait would be stopped by
// the browser. Without a tab, or where the browser shows no PDF, the file is kept instead.
export async function previewFile(path: string, waiting: string): Promise<void> {
    const tab = navigator.pdfViewerEnabled === false ? null : window.open('', '_blank');
    if (tab) tab.document.body.textContent = tab.document.title = waiting;
    try {
        const file = await fetchFile(path);
        if (!tab || tab.closed) return keepFile(file);
        const url = URL.createObjectURL(file.blob);
        tab.location.href = url;
        setTimeout(() => URL.revokeObjectURL(url), 1800000);
    } catch (error) {
        tab?.close();
        throw error;
    }
}

// A key a submission: a second click, or a lost answer, changes nothing.
const newKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');

export const make = <E extends EntityName>(entity: E, body: Body): Promise<Row<E>> => call('POST', entity, { body, key: newKey() });
export const edit = <E extends EntityName>(entity: E, id: string, version: number, body: Body): Promise<Row<E>> =>
    call('PATCH', `${entity}/${id}`, { body, version });
export const move = <E extends EntityName>(entity: E, id: string, version: number, action: string, body: Body = {}): Promise<Row<E>> =>
    call('POST', `${entity}/${id}/${action}`, { body, version, key: newKey() });

interface UploadState {
    id: string;
    have: number;
    chunk: number;
}

// In pieces of a whole number of chunks; a piece that failed is asked about and sent again.
export async function upload(file: File, target: Body, progress: (share: number) => void): Promise<string> {
    const begun = await call<UploadState>('POST', 'uploads', { body: { size: file.size, ...target } });
    const piece = begun.chunk * 4;
    let have = 0;
    for (let tries = 0; have < file.size && tries < 5; ) {
        const response = await fetch(`/api/v1/uploads/${begun.id}?offset=${have}`, {
            method: 'PUT',
            headers: headers('PUT', {}),
            body: file.slice(have, have + piece),
        });
        if (response.ok) {
            have = Math.min(have + piece, file.size);
            progress(have / file.size);
        } else {
            tries++;
            have = (await call<UploadState>('GET', `uploads/${begun.id}`)).have;
            if (tries === 5) throw await problemOf(response);
        }
    }
    return begun.id;
}

export async function refreshSession(): Promise<void> {
    try {
        state.session = await call<Session>('GET', 'session');
    } catch {
        state.session = null;
    }
}
