namespace Bridge.Slots;

/// <summary>What a string parameter is about, as its name, description and format say.</summary>
internal enum SlotRole
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>A place.</summary>
    Place,

    /// <summary>The name of a person, a company or a work.</summary>
    Name,

    /// <summary>Free text: a search, a message, a question.</summary>
    Text,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A web address.</summary>
    Url,

    /// <summary>A path of a file or folder.</summary>
    Path,

    /// <summary>An id, a code or a key.</summary>
    Id,

    /// <summary>A unit of measure.</summary>
    Unit,

    /// <summary>A formula.</summary>
    Formula,
}
