namespace Bridge.Embedded;

/// <summary>What the features of a tool say. The order is part of the weights: new signs go to the end.</summary>
internal enum ToolSign
{
    Always, Name, Description, Explained, Subject, MeanShare, Optional, RareName, RareExplained, LeastShare, Missing,
    NameAndExplained, NameAndLeast, ExplainedAndLeast, Words,
    BestName, BestExplained, BehindName, BehindExplained, BehindDescription, Tools, Required, RequiredMean,
    NameWord, NameRarity, DescriptionWord, DescriptionRarity, ForeignWord, ForeignRarity, ForeignNameWord, Foreign, ForeignName,
    Opening, OpeningWords, Request, Length, LengthExplained,
    PartRequired, PartArguments, PartName, PartExplained, PartWholeName, PartElsewhere, PartLength, PartOpening, PartWord, PartTools, PartLater,
}
