namespace Bridge.Configuration;

/// <summary>How a configuration folder was found.</summary>
public enum ConfigurationOrigin
{
    /// <summary>Named on the command line (<c>--config</c>).</summary>
    CommandLine,

    /// <summary>Named by the variable <c>BRIDGE_CONFIG_DIR</c>.</summary>
    Environment,

    /// <summary>Found in the current folder; it can start processes and needs trust.</summary>
    CurrentFolder,

    /// <summary>The user's own folder.</summary>
    User,

    /// <summary>No file was found; what is built in holds.</summary>
    BuiltIn,
}
