namespace Bridge.Extraction;

/// <summary>How a value is made of the words it comes from.</summary>
internal enum ValueForm
{
    /// <summary>As it is written.</summary>
    Plain,

    /// <summary>A town with its region or country behind it.</summary>
    TownAndRegion,

    /// <summary>A town by its full name, where the text has another.</summary>
    Town,

    /// <summary>The region in which a town lies.</summary>
    Region,

    /// <summary>The country in which a town lies.</summary>
    Country,

    /// <summary>A value that begins like a word of the text.</summary>
    Alike,

    /// <summary>A percentage as a share of one, or as it is, where the other is likelier.</summary>
    OtherShare,

    /// <summary>A time span in another unit.</summary>
    Converted,

    /// <summary>A time span without a number, such as <c>next week</c>.</summary>
    Implied,

    /// <summary>A flag the other way round.</summary>
    OtherWay,
}
