namespace Bridge.Embedded;

/// <summary>What features say of a text that may ask for several calls. The order is part of the weights: new signs go to the end.</summary>
internal enum SeveralSign
{
    Always, Parts, PartTools, Calls, Listed, Tools, PartsAndTools, Segments, Length, Word, Pair, Numbers, Plenty, CallsAndTools, OneTool,
}
