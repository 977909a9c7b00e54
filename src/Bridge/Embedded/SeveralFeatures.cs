using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Weights;

namespace Bridge.Embedded;

/// <summary>What the model sees when it tells one call from several.</summary>
/// <remarks>Trained and used by the same code: a change here asks for training again.</remarks>
internal static class SeveralFeatures
{
    /// <summary>Lists the features.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="tools">The tools that were looked at.</param>
    /// <param name="found">The calls that would be made.</param>
    /// <param name="list">Receives them.</param>
    public static void List(RequestReading reading, IReadOnlyCollection<FilledTool> tools, FoundCalls found, FeatureList<SeveralSign> list)
    {
        list.Clear();
        uint parts = (uint)found.Parts;
        uint partTools = (uint)found.PartTools;
        uint calls = (uint)Math.Min(found.Calls.Count, 4);
        uint count = (uint)tools.Count;
        list.Add(SeveralSign.Always, 0);
        list.Add(SeveralSign.Parts, Math.Min(parts, 4));
        list.Add(SeveralSign.PartTools, Math.Min(partTools, 3));
        list.Add(SeveralSign.Calls, calls);
        list.Add(SeveralSign.Listed, (uint)Math.Min(found.Listed, 3));
        list.Add(SeveralSign.Tools, Math.Min(count, 5));
        list.Add(SeveralSign.PartsAndTools, Math.Min(parts, 3), Math.Min(partTools, 3));
        list.Add(SeveralSign.Segments, (uint)Math.Min(found.Segments, 6));
        list.Add(SeveralSign.CallsAndTools, calls, Math.Min(count, 4));
        list.Add(SeveralSign.OneTool, count != 1 ? 3u : calls > 1 ? 1u : 2u);
        ListWords(reading.Text, list);

        uint numbers = (uint)reading.Candidates.Count(candidate => candidate.Kind == CandidateKind.Number);
        uint slots = tools.Count == 0 ? 0 : (uint)tools.Max(tool => tool.Card.Slots.Count(slot => slot.Type is ParameterType.Integer or ParameterType.Number));
        list.Add(SeveralSign.Numbers, Math.Min(numbers, 8), Math.Min(slots, 5));
        list.Add(SeveralSign.Plenty, slots > 0 && numbers >= 2 * slots ? 1u : 0);
    }

    private static void ListWords(RequestText text, FeatureList<SeveralSign> list)
    {
        list.Add(SeveralSign.Length, (uint)Math.Min(text.Words.Length / 10, 8));
        var known = new HashSet<uint>();
        uint before = 0;
        foreach (Word word in text.Words)
        {
            uint hash = FeatureHash.Of(word.Stem);
            if (known.Add(hash))
            {
                list.Add(SeveralSign.Word, hash);
            }

            if (before != 0)
            {
                list.Add(SeveralSign.Pair, before, hash);
            }

            before = hash;
        }
    }
}
