namespace Bridge.Shortlisting;

/// <summary>A tool looked at closely, and the summed rarity of the part's words that stand in it.</summary>
internal struct RankCandidate
{
    /// <summary>The tool's place.</summary>
    public int Tool;

    /// <summary>Its BM25 score against the part.</summary>
    public float Score;

    /// <summary>Words in any field.</summary>
    public float Any;

    /// <summary>Words in the name.</summary>
    public float Name;

    /// <summary>Words in the description.</summary>
    public float Description;

    /// <summary>Words in names of parameters.</summary>
    public float ParameterNames;

    /// <summary>Words in descriptions of parameters.</summary>
    public float ParameterDescriptions;

    /// <summary>Words in values of enums.</summary>
    public float EnumValues;

    /// <summary>The rarest of the part's words that the tool lacks.</summary>
    public float RarestMissing;

    /// <summary>How many words it has.</summary>
    public int Words;

    /// <summary>Whether the first word of its name is said.</summary>
    public bool HasFirstOfName;

    /// <summary>Whether the last word of its name is said.</summary>
    public bool HasLastOfName;

    private int _lastTerm;

    /// <summary>Makes a candidate.</summary>
    /// <param name="tool">The tool's place.</param>
    /// <param name="score">Its BM25 score.</param>
    public RankCandidate(int tool, float score)
    {
        Tool = tool;
        Score = score;
        _lastTerm = -1;
    }

    /// <summary>Notes that a term stands in the tool.</summary>
    /// <param name="term">The term's number.</param>
    /// <param name="rarity">How rare it is.</param>
    /// <param name="fields">The fields it stands in.</param>
    /// <param name="mass">What the tool says.</param>
    public void Hit(int term, float rarity, int fields, ToolMass mass)
    {
        _lastTerm = term;
        Words++;
        Any += rarity;
        Name += Has(fields, ToolField.Name) ? rarity : 0;
        Description += Has(fields, ToolField.Description) ? rarity : 0;
        ParameterNames += Has(fields, ToolField.ParameterName) ? rarity : 0;
        ParameterDescriptions += Has(fields, ToolField.ParameterDescription) ? rarity : 0;
        EnumValues += Has(fields, ToolField.EnumValue) ? rarity : 0;
        HasFirstOfName |= mass.FirstOfName == term;
        HasLastOfName |= mass.LastOfName == term;
    }

    /// <summary>Ends a term: whoever was not hit by it lacks it.</summary>
    /// <param name="term">The term's number.</param>
    /// <param name="rarity">How rare it is.</param>
    public void EndTerm(int term, float rarity)
    {
        if (_lastTerm != term)
        {
            RarestMissing = Math.Max(RarestMissing, rarity);
        }
    }

    private static bool Has(int fields, ToolField field) => (fields & (1 << (int)field)) != 0;
}
