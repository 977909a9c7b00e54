using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Repair;

/// <summary>The ways in which one value could be repaired; only a lone one is taken.</summary>
internal sealed class RepairOutcomes
{
    private readonly List<(JsonElement Value, List<string> Notes)> _outcomes = [];

    /// <summary>The one way; <see langword="null"/> when there are several or none.</summary>
    public (JsonElement Value, List<string> Notes)? Only => _outcomes.Count == 1 ? _outcomes[0] : null;

    public void Add(JsonElement value, List<string> notes)
    {
        if (_outcomes.Count < 2 && !_outcomes.Exists(known => JsonEquality.AreEqual(known.Value, value)))
        {
            _outcomes.Add((value, notes));
        }
    }
}
