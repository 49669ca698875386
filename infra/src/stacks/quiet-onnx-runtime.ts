/** ONNX Runtime for Linux reports its use to its makers unless it is told not to; health data stays here. */
export const quietOnnxRuntime = { ORT_DISABLE_TELEMETRY: '1' };
