using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Llama.Downloads;
using Bridge.Llama.Runtimes;
using Bridge.Storage;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge models install-runtime</c>.</summary>
internal static class ModelsInstallRuntimeVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var backend = new Option<RuntimeBackend?>("--backend")
        {
            Description = "What computes. Default: the processor, and the best device that this machine can use.",
            HelpName = string.Join('|', RuntimeInstaller.Backends.Select(NameOf)),
            CustomParser = result => Parse(result),
        };
        var registry = new Option<string?>("--registry")
        {
            Description = $"The npm registry. Default: ${RuntimeInstallerOptions.RegistryVariable}, {new RuntimeInstallerOptions().Registry}.",
            HelpName = "URL",
        };
        var verb = new Verb("install-runtime", "Fetch the build of llama.cpp that models in process run on, into the data folder.")
        {
            Examples =
            [
                ("bridge models install-runtime", "what this machine can use"),
                ("bridge models install-runtime --backend vulkan", "for devices of any maker"),
            ],
        };
        verb.Add(backend);
        verb.Add(registry);
        verb.Runs(environment, (context, cancellationToken) =>
            RunAsync(context, context.Parsed.GetValue(backend), context.Parsed.GetValue(registry), cancellationToken));
        return verb;
    }

    private static RuntimeBackend? Parse(System.CommandLine.Parsing.ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach (RuntimeBackend backend in RuntimeInstaller.Backends)
        {
            if (NameOf(backend).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return backend;
            }
        }

        result.AddError($"There is no build of llama.cpp for '{text}' on this platform; there are: {string.Join(", ", RuntimeInstaller.Backends.Select(NameOf))}.");
        return null;
    }

    private static async Task<int> RunAsync(VerbContext context, RuntimeBackend? backend, string? registry, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        try
        {
            using var installer = new RuntimeInstaller(
                DataFolder.Open(settings.DataFolder), RuntimeInstallerOptions.From(registry, context.Environment.Variable), context.Environment.Clock);
            Write(context, await DownloadBar.RunAsync(context.Environment, progress => installer.InstallAsync(backend, progress, cancellationToken)));
            await TellUseAsync(context, backend, LlamaRuntime.Find(settings.Options.Llama.Runtime, settings.DataFolder));
            return ExitCode.Ok;
        }
        catch (ModelSourceException error)
        {
            throw new VerbException(ExitCode.Usage, error.Message);
        }
        catch (Exception error) when (error is DownloadException or LlamaRuntimeException or DataFolderException)
        {
            throw new VerbException(ExitCode.Failed, error.Message);
        }
    }

    private static void Write(VerbContext context, ImmutableArray<InstalledPackage> packages)
    {
        if (context.Json)
        {
            JsonText.Write(context.Output, new JsonObject
            {
                ["packages"] = new JsonArray([.. packages.Select(package => new JsonObject
                {
                    ["name"] = package.Name,
                    ["version"] = package.Version,
                    ["path"] = package.Path,
                    ["new"] = package.IsNew,
                })]),
            });
            return;
        }

        foreach (InstalledPackage package in packages)
        {
            context.Output.WriteLine($"{package.Name} {package.Version} {(package.IsNew ? "is installed" : "was installed already")}: {package.Path}");
        }
    }

    // What was asked for may not be what this machine can load.
    private static async Task TellUseAsync(VerbContext context, RuntimeBackend? wanted, RuntimeChoice choice)
    {
        if (wanted is { } backend && choice.Folder?.Backend != backend)
        {
            string reason = choice.Passed.FirstOrDefault(passed => passed.Backend == backend)?.Reason
                ?? (choice.Folder is { } used ? $"'{used.Path}' goes before it ({used.Backend}, {used.Origin})." : string.Join(' ', choice.Passed));
            await context.Error.WriteLineAsync($"'{NameOf(backend)}' is not what models run on now. {reason}");
        }
    }

#pragma warning disable CA1308 // Backends are named as people write them.
    private static string NameOf(RuntimeBackend backend) => backend.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
