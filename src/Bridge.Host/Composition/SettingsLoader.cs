using System.Collections.Immutable;
using Bridge.Configuration;
using Bridge.Host.Terminal;
using Bridge.Storage;
using Microsoft.Extensions.Configuration;

namespace Bridge.Host.Composition;

/// <summary>Finds and reads the configuration.</summary>
internal static class SettingsLoader
{
    /// <summary>Reads the configuration, and refuses one with a problem.</summary>
    /// <param name="request">What the command line says.</param>
    /// <param name="environment">The process.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="BridgeConfigurationException">The configuration cannot be used.</exception>
    public static BridgeSettings Load(SettingsRequest request, CommandEnvironment environment)
    {
        (BridgeSettings settings, ImmutableArray<ConfigProblem> problems) = Examine(request, environment);
        return problems.IsEmpty ? settings : throw new BridgeConfigurationException(problems);
    }

    /// <summary>Reads the configuration as far as it goes, with its problems.</summary>
    /// <param name="request">What the command line says.</param>
    /// <param name="environment">The process.</param>
    /// <returns>The settings and what is wrong with them.</returns>
    /// <exception cref="BridgeConfigurationException">The folder that was named does not exist.</exception>
    public static (BridgeSettings Settings, ImmutableArray<ConfigProblem> Problems) Examine(
        SettingsRequest request, CommandEnvironment environment)
    {
        ConfigurationFolder folder = ConfigurationFolder.Find(
            ConfigurationPlaces.From(request.ConfigFolder, environment.CurrentFolder, environment.Variable));
        string data = DataFolderOf(request, environment);
        var problems = ImmutableArray.CreateBuilder<ConfigProblem>();
        var builder = new ConfigurationBuilder();
        foreach (string file in folder.SettingsFiles)
        {
            ImmutableArray<ConfigProblem> broken = ConfigFile.Read(file).Problems;
            problems.AddRange(broken);
            if (broken.IsEmpty)
            {
                builder.Add(new SettingsFileSource(file, request.Reload, refused => Tell(environment, refused), environment.Clock));
            }
        }

        IConfigurationRoot configuration = builder
            .AddBridgeVariables(environment.Variables)
            .AddInMemoryCollection(request.Overrides)
            .Build();
        var options = new BridgeOptions();
        problems.AddRange(BridgeOptionsBinder.TryBind(configuration, options));
        return (new BridgeSettings(folder, configuration, options, data), problems.ToImmutable());
    }

    /// <summary>Where the data folder is, whatever the configuration.</summary>
    /// <param name="request">What the command line says.</param>
    /// <param name="environment">The process.</param>
    /// <returns>Its path.</returns>
    public static string DataFolderOf(SettingsRequest request, CommandEnvironment environment)
    {
        string? named = request.DataFolder ?? environment.Variable(DataFolderPlaces.Variable);
        return DataFolderPlaces.Locate(string.IsNullOrWhiteSpace(named) ? null : Path.GetFullPath(named, environment.CurrentFolder));
    }

    private static void Tell(CommandEnvironment environment, ImmutableArray<ConfigProblem> problems) =>
        environment.Error.WriteLine($"The settings changed and cannot be used; the last good ones stay in force. {string.Join(' ', problems)}");
}
