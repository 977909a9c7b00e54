using System.Text.Json;

namespace Bridge.Schemas.Validation;

/// <summary>Which members or items of one value some keyword has looked at, by position.</summary>
internal sealed class EvaluatedParts
{
    private readonly bool[] _marked;

    private EvaluatedParts(int count) => _marked = new bool[count];

    public static EvaluatedParts? For(JsonElement instance) => instance.ValueKind switch
    {
        JsonValueKind.Object => new EvaluatedParts(instance.GetPropertyCount()),
        JsonValueKind.Array => new EvaluatedParts(instance.GetArrayLength()),
        _ => null,
    };

    public EvaluatedParts Fresh() => new(_marked.Length);

    public bool IsMarked(int index) => _marked[index];

    public void Mark(int index) => _marked[index] = true;

    public void Merge(EvaluatedParts? other)
    {
        for (int i = 0; other is not null && i < _marked.Length; i++)
        {
            _marked[i] |= other._marked[i];
        }
    }
}
