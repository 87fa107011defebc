import { ElMessage, ElMessageBox } from 'element-plus';
import { Problem } from './api/client';
import { t } from './i18n';

// A stale record is told apart: its reader must look again before he decides.
export async function tellProblem(error: unknown, reload?: () => void): Promise<void> {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 412 && reload) {
        await ElMessageBox.alert(error.message, t('内容已更新', 'It has changed'), { confirmButtonText: t('刷新', 'Reload') }).catch(() => undefined);
        reload();
        return;
    }
    ElMessage({ type: 'error', message: error.text(), duration: 8000, showClose: true, grouping: true });
}

export const tellDone = (text: string): void => {
    ElMessage({ type: 'success', message: text, duration: 2500 });
};
