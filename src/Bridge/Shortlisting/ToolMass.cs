namespace Bridge.Shortlisting;

/// <summary>How much a tool says in its fields: the summed rarity of their distinct words. What a text leaves unsaid of it speaks against the tool.</summary>
/// <param name="Name">The name's.</param>
/// <param name="Description">The description's.</param>
/// <param name="ParameterNames">That of the names of parameters.</param>
/// <param name="FirstOfName">The number of the name's first term; -1 when there is none.</param>
/// <param name="LastOfName">The number of the name's last term; -1 when there is none.</param>
internal readonly record struct ToolMass(float Name, float Description, float ParameterNames, int FirstOfName, int LastOfName);
