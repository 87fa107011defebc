import { state } from './api/client';
import { MAY, SEES, type EntityName, type Need, type Role } from './api/types';

// What the acting role may do and see at all; on which rows is the server's business.
const role = (): Role | null => (state.session?.role ?? null) as Role | null;
export const may = (need: Need): boolean => (MAY[role() ?? 'auditor'] ?? []).includes(need);
export const sees = (entity: EntityName): boolean => (SEES[role() ?? 'auditor'] ?? []).includes(entity);
