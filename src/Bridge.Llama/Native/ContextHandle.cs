using Microsoft.Win32.SafeHandles;

namespace Bridge.Llama.Native;

/// <summary>Owns a <c>llama_context</c>, and keeps its model alive for as long.</summary>
internal sealed class ContextHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly ModelHandle _model;

    public ContextHandle(nint context, ModelHandle model) : base(ownsHandle: true)
    {
        _model = model;
        bool added = false;
        model.DangerousAddRef(ref added);
        SetHandle(context);
    }

    protected override bool ReleaseHandle()
    {
        LlamaApi.FreeContext(handle);
        _model.DangerousRelease();
        return true;
    }
}
