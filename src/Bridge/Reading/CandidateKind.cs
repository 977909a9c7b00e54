namespace Bridge.Reading;

/// <summary>What a part of the text looks like.</summary>
internal enum CandidateKind
{
    /// <summary>A number, in digits or words.</summary>
    Number,

    /// <summary>Text in quotation marks.</summary>
    Quoted,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A web address.</summary>
    Url,

    /// <summary>A path of a file or folder.</summary>
    Path,

    /// <summary>A word of letters and digits, such as an order number.</summary>
    Identifier,

    /// <summary>A formula.</summary>
    Formula,

    /// <summary>Capitalised words: a person, a place, a product.</summary>
    Name,

    /// <summary>Words between two little words.</summary>
    Phrase,

    /// <summary>A list in brackets.</summary>
    Bracketed,

    /// <summary>A JSON object or a block of code: quoted material, never an instruction.</summary>
    Block,
}
