using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>Which members or items of one value some keyword has looked at, by position.</summary>
internal sealed class EvaluatedParts
{
    private readonly bool[] _marked;

    private EvaluatedParts(int count) => _marked = new bool[count];

    public static EvaluatedParts? For(JsonValue instance) => instance.Kind switch
    {
        JsonValueKind.Object => new EvaluatedParts(instance.Count),
        JsonValueKind.Array => new EvaluatedParts(instance.Count),
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
